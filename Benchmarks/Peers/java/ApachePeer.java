import java.math.BigDecimal;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.json.JSONObject;

/** Apache HttpClient 4 with org.json on both sides. */
final class ApachePeer implements Bench.Client {
    private final Bench bench;
    private final JSONObject sample;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    private ApachePeer(Bench bench) throws Exception {
        this.bench = bench;
        sample = new JSONObject(bench.body);
        connections =
                new PoolingHttpClientConnectionManager(
                        org.apache.http.config.RegistryBuilder
                                .<org.apache.http.conn.socket.ConnectionSocketFactory>create()
                                .register(
                                        "https",
                                        new org.apache.http.conn.ssl.SSLConnectionSocketFactory(
                                                bench.tls))
                                .build());
        client = HttpClients.custom().setConnectionManager(connections).build();
    }

    public static void main(String[] words) throws Exception {
        Bench bench = new Bench(words);
        bench.run(new ApachePeer(bench));
    }

    private String order() throws Exception {
        JSONObject card = sample.getJSONObject("card_data");
        JSONObject bill = sample.getJSONObject("bill");
        JSONObject amount = new JSONObject();
        amount.put("amount", new BigDecimal("12.75")).put("currency", "USD");
        return new JSONObject()
                .put(
                        "merchant",
                        new JSONObject().put("organization_id", 10002).put("terminal_id", 2))
                .put(
                        "bill",
                        new JSONObject()
                                .put("base_amount", amount)
                                .put("note", bill.getString("note"))
                                .put("invoice_number", bill.getString("invoice_number")))
                .put("record_format", "CREDIT_CARD")
                .put(
                        "card_data",
                        new JSONObject()
                                .put("track1_data", card.getString("track1_data"))
                                .put("track2_data", card.getString("track2_data"))
                                .put("card_expiry_date", card.getString("card_expiry_date")))
                .toString();
    }

    private CloseableHttpResponse send(HttpUriRequest request, int status) throws Exception {
        request.setHeader("Authorization", Bench.TOKEN);
        request.setHeader("Accept", "application/json");
        CloseableHttpResponse response = client.execute(request);
        if (response.getStatusLine().getStatusCode() != status)
            throw new IllegalStateException("status");
        return response;
    }

    @Override
    public String post() throws Exception {
        HttpPost request = new HttpPost(bench.base + "/sale");
        request.setEntity(new StringEntity(order(), ContentType.APPLICATION_JSON));
        try (CloseableHttpResponse response = send(request, 201)) {
            EntityUtils.consume(response.getEntity());
            return response.getFirstHeader("Location").getValue();
        }
    }

    @Override
    public void get(String url) throws Exception {
        try (CloseableHttpResponse response = send(new HttpGet(url), 200)) {
            JSONObject resource = new JSONObject(EntityUtils.toString(response.getEntity()));
            if (!resource.getJSONObject("saleResponse").getString("responseCode").equals("00"))
                throw new IllegalStateException("not approved");
        }
    }

    @Override
    public void open() throws Exception {
        try (CloseableHttpResponse response = send(new HttpGet(bench.base), 200)) {
            EntityUtils.consume(response.getEntity());
        }
    }

    @Override
    public void close() {
        connections.closeIdleConnections(0, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
