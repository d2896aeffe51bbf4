import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What the peers in Java share: PATTERN PORT DIR WARMUP COUNT IDLE_MS, and the loop. */
final class Bench {
    static final String TOKEN = "Bearer 00000000-0000-0000-0000-000000000000";

    /** A client; it can open no connection without a request, so a small GET opens it. */
    interface Client {
        String post() throws Exception;

        void get(String url) throws Exception;

        void open() throws Exception;

        void close() throws Exception;
    }

    final String base;
    final String body;
    final SSLContext tls;
    private final String[] words;

    Bench(String[] words) throws Exception {
        this.words = words;
        base = "https://127.0.0.1:" + words[1] + "/api/v2";
        String request = Files.readString(Path.of(words[2], "clear.http"));
        body = request.substring(request.indexOf("\r\n\r\n") + 4);
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null);
        try (FileInputStream file = new FileInputStream(words[2] + "/cert.pem")) {
            roots.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
    }

    byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.US_ASCII);
    }

    void run(Client client) throws Exception {
        boolean isOpenedAhead = words[0].equals("P");
        int warmUp = Integer.parseInt(words[3]);
        long[] times = new long[warmUp + Integer.parseInt(words[4])];
        for (int number = 0; number < times.length; number++) {
            if (isOpenedAhead) {
                client.open();
                Thread.sleep(Long.parseLong(words[5]));
            }
            long start = System.nanoTime();
            String location = client.post();
            if (isOpenedAhead) client.get(location);
            times[number] = System.nanoTime() - start;
            if (isOpenedAhead) client.close();
        }
        StringBuilder lines = new StringBuilder();
        for (int number = warmUp; number < times.length; number++)
            lines.append(times[number]).append('\n');
        System.out.print(lines);
    }
}
