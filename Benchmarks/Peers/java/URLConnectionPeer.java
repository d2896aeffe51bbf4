import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** HttpsURLConnection with ready-made bodies; of an answer status and code are looked at. */
final class URLConnectionPeer implements Bench.Client {
    private final Bench bench;
    private final byte[] body;
    /** One for all: connections are kept for the factory that made them. */
    private final SSLSocketFactory factory;

    private URLConnectionPeer(Bench bench) {
        this.bench = bench;
        body = bench.bodyBytes();
        factory = bench.tls.getSocketFactory();
    }

    public static void main(String[] words) throws Exception {
        Bench bench = new Bench(words);
        bench.run(new URLConnectionPeer(bench));
    }

    private HttpsURLConnection request(String url) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection) new URL(url).openConnection();
        connection.setSSLSocketFactory(factory);
        connection.setRequestProperty("Authorization", Bench.TOKEN);
        connection.setRequestProperty("Accept", "application/json");
        return connection;
    }

    /** Reads to the end, after which the connection can be used again. */
    private static String read(HttpsURLConnection connection) throws Exception {
        try (InputStream input = connection.getInputStream()) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String post() throws Exception {
        HttpsURLConnection connection = request(bench.base + "/sale");
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream output = connection.getOutputStream()) {
            output.write(body);
        }
        if (connection.getResponseCode() != 201) throw new IllegalStateException("no sale");
        read(connection);
        return connection.getHeaderField("Location");
    }

    @Override
    public void get(String url) throws Exception {
        if (!read(request(url)).contains("\"responseCode\":\"00\""))
            throw new IllegalStateException("not approved");
    }

    @Override
    public void open() throws Exception {
        read(request(bench.base));
    }

    /** It cannot close a kept connection but by a request that says so. */
    @Override
    public void close() throws Exception {
        HttpsURLConnection connection = request(bench.base);
        connection.setRequestProperty("Connection", "close");
        read(connection);
    }
}
