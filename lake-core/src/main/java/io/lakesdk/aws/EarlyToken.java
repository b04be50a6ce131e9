package io.lakesdk.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Tells where a listing of S3 continues as soon as the answer begins to arrive. S3 says it before
 * the first object (examples of ListObjectsV2 in the Amazon S3 API reference); where an answer has
 * it elsewhere, nothing is told early, and the answer is what it would be.
 */
final class EarlyToken implements ExecutionInterceptor {

  private static final ExecutionAttribute<Consumer<String>> LISTENER =
      new ExecutionAttribute<>("LakeEarlyToken");

  /** Names of bucket and prefix come before it, the latter up to 1,024 bytes that are escaped. */
  private static final int HEAD = 8 << 10;

  private static final Pattern OBJECTS = Pattern.compile("<(Contents|CommonPrefixes)[ />]");
  private static final Pattern TOKEN =
      Pattern.compile("<NextContinuationToken>([^<&]+)</NextContinuationToken>");

  EarlyToken() {}

  static ListObjectsV2Request telling(ListObjectsV2Request request, Consumer<String> listener) {
    return request.toBuilder()
        .overrideConfiguration(c -> c.putExecutionAttribute(LISTENER, listener))
        .build();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> body = context.responseBody();
    Consumer<String> listener = attributes.getAttribute(LISTENER);
    if (listener == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
      return body;
    }
    return Optional.of(new Peeked(body.get(), listener));
  }

  /** What was read of an answer is looked at until its objects begin. */
  private static final class Peeked extends InputStream {
    private final InputStream body;
    private final Consumer<String> listener;
    private InputStream in = InputStream.nullInputStream();
    private boolean looked;

    Peeked(InputStream body, Consumer<String> listener) {
      this.body = body;
      this.listener = listener;
    }

    private InputStream looked() throws IOException {
      if (!looked) {
        looked = true;
        byte[] head = new byte[HEAD];
        int length = 0;
        boolean more = true;
        while (more && length < HEAD) {
          int read = body.read(head, length, HEAD - length);
          length += Math.max(0, read);
          more = read >= 0 && !tell(new String(head, 0, length, StandardCharsets.ISO_8859_1));
        }
        in = new SequenceInputStream(new ByteArrayInputStream(head, 0, length), body);
      }
      return in;
    }

    /** Whether nothing is to be looked for any more. */
    private boolean tell(String head) {
      Matcher objects = OBJECTS.matcher(head);
      boolean begun = objects.find();
      Matcher token = TOKEN.matcher(begun ? head.substring(0, objects.start()) : head);
      if (token.find()) {
        listener.accept(token.group(1));
        return true;
      }
      return begun;
    }

    @Override
    public int read() throws IOException {
      return looked().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return looked().read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
