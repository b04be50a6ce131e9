package io.lakesdk.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An emulator of AWS: one process for each test JVM, started when a test first asks, on a free port
 * of 127.0.0.1, ended with the JVM however that ends. Its log stays in the build folder.
 */
public final class Emulator {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, Emulator> RUNNING = new HashMap<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final URI endpoint;
  private final Path log;
  private final Process process;

  private Emulator(String name, int port, Path log, Process process) {
    this.name = name;
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.log = log;
    this.process = process;
  }

  /** moto: S3, Glue, KMS, STS and Lake Formation behave; Athena answers what was queued. */
  public static Emulator moto() {
    TestAws.needsEmulator("the emulator moto");
    return running(
        "moto",
        (port, environment) ->
            List.of("python", PythonTools.script("moto_in_turn.py"), "-p", "" + port),
        "/moto-api/");
  }

  /** MiniStack: runs simple statements of Athena, and checks versions of Glue tables. */
  public static Emulator miniStack() {
    TestAws.needsEmulator("the emulator MiniStack");
    return running(
        "ministack",
        (port, environment) -> {
          Path data = PythonTools.home().resolve("ministack-" + ProcessHandle.current().pid());
          environment.put("BIND_HOST", "127.0.0.1");
          environment.put("GATEWAY_PORT", "" + port);
          environment.put("SFTP_HOST", "127.0.0.1");
          environment.put("SFTP_PORT", "" + freePort());
          environment.put("IOT_MTLS_ENABLED", "0");
          environment.put("CLOUDTRAIL_RECORDING", "1");
          environment.put("S3_PERSIST", "1");
          environment.put("S3_DATA_DIR", data.resolve("s3").toString());
          environment.put("STATE_DIR", data.resolve("state").toString());
          environment.put("ATHENA_ENGINE", "duckdb");
          return List.of("ministack");
        },
        "/_ministack/health");
  }

  private interface Command {
    List<String> of(int port, Map<String, String> environment);
  }

  private static Emulator running(String name, Command command, String ready) {
    synchronized (RUNNING) {
      @Nullable Emulator running = RUNNING.get(name);
      if (running == null) {
        running = start(name, command);
        RUNNING.put(name, running);
        running.await(ready);
      }
      return running;
    }
  }

  private static Emulator start(String name, Command command) {
    Path commands = PythonTools.commands();
    int port = freePort();
    Path log = PythonTools.home().resolve(name + "-" + ProcessHandle.current().pid() + ".log");
    ProcessBuilder builder = new ProcessBuilder();
    List<String> words = command.of(port, builder.environment());
    // The shell ends the emulator when this JVM closes the pipe, which also a killed one does.
    String script = "\"$@\" & child=$!; read -r _; kill $child";
    builder.command("sh", "-c", script, "sh", commands.resolve(words.get(0)).toString());
    builder.command().addAll(words.subList(1, words.size()));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Files.createDirectories(log.getParent());
      return new Emulator(name, port, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(String path) {
    long tries = PATIENCE.toMillis() / 100;
    for (long i = 0; i < tries && process.isAlive(); i++) {
      try {
        if (send(HttpRequest.newBuilder(endpoint.resolve(path)).build()).statusCode() == 200) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        if (!(notYet.getCause() instanceof ConnectException)) {
          throw notYet;
        }
      }
      pause();
    }
    throw new IllegalStateException(name + " did not start:\n" + PythonTools.end(log));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** Forgets everything. */
  public void reset() {
    post(name.equals("moto") ? "/moto-api/reset" : "/_ministack/reset", "", request -> {});
  }

  /** Sends something to the emulator's own interface, and gives its answer. */
  public String post(String path, String body, Consumer<HttpRequest.Builder> more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path)).POST(BodyPublishers.ofString(body));
    more.accept(request);
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          name + " answered " + response.statusCode() + " to " + path + ": " + response.body());
    }
    return response.body();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
