/**
 * How a crawl finds out what files are; it works on any lake.
 *
 * <p>Read {@link io.lakesdk.catalog.crawl.Survey} first, which turns a listing into a preview.
 * {@code Folders} makes tables of keys; {@code Sniffer} tells formats apart by content; {@code
 * CsvSurvey}, {@code JsonSurvey} and {@code ParquetSurvey} each read files of one format. {@code
 * TextKind} says what a text could be, and {@code Profile} which type fits all values of a column,
 * and why.
 */
@NullMarked
package io.lakesdk.catalog.crawl;

import org.jspecify.annotations.NullMarked;
