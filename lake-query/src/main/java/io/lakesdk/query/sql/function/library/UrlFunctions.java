package io.lakesdk.query.sql.function.library;

import com.google.common.base.Strings;
import com.google.common.net.UrlEscapers;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions of URLs; what is no URL gives NULL, a part that is not there empty text. */
final class UrlFunctions {

  private UrlFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    return table
        .java("url_extract_protocol(varchar(x)) varchar(x)", part(URI::getScheme))
        .java("url_extract_host(varchar(x)) varchar(x)", part(URI::getHost))
        .java("url_extract_path(varchar(x)) varchar(x)", part(URI::getPath))
        .java("url_extract_query(varchar(x)) varchar(x)", part(URI::getQuery))
        .java("url_extract_fragment(varchar(x)) varchar(x)", part(URI::getFragment))
        .java("url_extract_port(varchar(x)) bigint", arguments -> port(arguments.text(0)))
        .java(
            "url_extract_parameter(varchar(x), varchar(y)) varchar(x)",
            arguments -> parameter(arguments.text(0), arguments.text(1)))
        .scalar(
            "url_encode(varchar(x)) varchar",
            Lengths.of(
                table.helper(
                    "url_encode(varchar) varchar",
                    arguments -> UrlEscapers.urlFormParameterEscaper().escape(arguments.text(0))),
                lengths -> 12 * lengths[0]))
        .java("url_decode(varchar(x)) varchar(x)", arguments -> decoded(arguments.text(0)));
  }

  private static @Nullable URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static JavaFunction.Body part(Function<URI, @Nullable String> part) {
    return arguments -> {
      URI url = parsed(arguments.text(0));
      return url == null ? null : Strings.nullToEmpty(part.apply(url));
    };
  }

  private static @Nullable Long port(String text) {
    URI url = parsed(text);
    return url == null || url.getPort() < 0 ? null : (Long) (long) url.getPort();
  }

  private static @Nullable String parameter(String text, String name) {
    URI url = parsed(text);
    if (url == null || url.getRawQuery() == null) {
      return null;
    }
    for (String pair : url.getRawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      if ((equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
        return equals < 0 ? "" : decoded(pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("a text is not URL-encoded");
    }
  }
}
