package io.lakesdk.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Programs of others that read a lake on an emulator: Python with boto3 and pyarrow, and the AWS
 * command line interface.
 */
public final class OtherReaders {

  private static final int LONGEST_MESSAGE = 4000;

  private OtherReaders() {}

  /**
   * Runs a Python script and gives what it prints.
   *
   * @param place the class beside which the script is a resource
   */
  public static String python(URI endpoint, Class<?> place, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(bin("python"), "-c", text(place, script)));
    command.addAll(List.of(arguments));
    return run(endpoint, command);
  }

  /** Runs {@code aws} and gives what it prints. */
  public static String awsCli(URI endpoint, String... words) {
    List<String> command = new ArrayList<>(List.of(bin("python"), bin("aws")));
    command.addAll(List.of(words));
    return run(endpoint, command);
  }

  private static String bin(String name) {
    return PythonTools.readers().resolve(name).toString();
  }

  private static String text(Class<?> place, String script) {
    try (InputStream in = place.getResourceAsStream(script)) {
      return new String(Objects.requireNonNull(in, script).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(URI endpoint, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "testing");
    environment.put("AWS_SECRET_ACCESS_KEY", "testing");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_PAGER", "");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("PYTHONIOENCODING", "utf-8");
    Path nowhere = PythonTools.home().resolve("no-such-file");
    environment.put("AWS_CONFIG_FILE", nowhere.toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", nowhere.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(
            command.get(1)
                + " ended with "
                + process.exitValue()
                + ":\n"
                + printed.substring(Math.max(0, printed.length() - LONGEST_MESSAGE)));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
