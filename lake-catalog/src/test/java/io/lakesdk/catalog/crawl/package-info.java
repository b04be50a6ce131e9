@NullMarked
package io.lakesdk.catalog.crawl;

import org.jspecify.annotations.NullMarked;
