package dev.nftrefresh.local.convert;

import org.jspecify.annotations.Nullable;

/**
 * One document of an export.
 *
 * @param place where it begins, as {@code FILE:LINE}
 * @param fileId the token's id if the name of the document's file says it
 */
record ExportDocument(String place, @Nullable String fileId, JsonValue content) {}
