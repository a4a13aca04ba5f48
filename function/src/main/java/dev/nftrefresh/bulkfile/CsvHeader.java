package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.MistypedFieldName;
import dev.nftrefresh.update.TextExcerpt;
import dev.nftrefresh.update.TokenField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first record of a CSV file: the names of the cells.
 *
 * @param names the eight token fields and possibly {@code updated_at}, in the file's order
 */
record CsvHeader(List<String> names) {
    static final String UPDATED_AT = "updated_at";

    private static final List<String> NEEDED =
            Stream.of(TokenField.values()).map(TokenField::json).toList();
    private static final List<String> FIELDS =
            Stream.concat(NEEDED.stream(), Stream.of(UPDATED_AT)).toList();
    private static final String HINT = "; the header has the fields " + String.join(",", NEEDED)
            + " in any order, separated by commas, and updated_at if wanted";
    /** The most of a name that a sentence shows. */
    private static final int MAX_NAME = 100;

    /** Reads the first record of a file. */
    static CsvHeader read(RawElement record) throws BrokenContentException {
        if (!(record instanceof RawElement.RawText whole)) {
            throw new BrokenContentException("its header is over 1 MiB" + HINT);
        }
        if (Utf8Validator.firstInvalid(whole.bytes(), whole.from(), whole.to()) >= 0) {
            throw new BrokenContentException("its header is not UTF-8" + HINT);
        }
        CsvRecordCells cells = CsvRecordCells.of(whole);
        if (cells.fault() != null) {
            throw new BrokenContentException("its header cannot be read as CSV: " + cells.fault() + HINT);
        }
        var names = new ArrayList<String>();
        for (String name : cells.cells()) {
            names.add(known(name, names));
        }
        for (String needed : NEEDED) {
            if (!names.contains(needed)) {
                throw new BrokenContentException("its header has no field " + needed + HINT);
            }
        }
        return new CsvHeader(List.copyOf(names));
    }

    private static String known(@Nullable String name, List<String> before) throws BrokenContentException {
        if (name == null) {
            throw new BrokenContentException("its header has an empty name" + HINT);
        }
        if (!NEEDED.contains(name) && !name.equals(UPDATED_AT)) {
            String meant = MistypedFieldName.among(FIELDS, name);
            throw new BrokenContentException("its header has the unknown field \"" + TextExcerpt.of(name, MAX_NAME)
                    + "\"" + (meant == null ? "" : ", perhaps for " + meant) + HINT);
        }
        if (before.contains(name)) {
            throw new BrokenContentException("its header has the field " + name + " twice" + HINT);
        }
        return name;
    }

    /** The value of a field in a record with as many cells as names. */
    @Nullable
    String value(String name, List<@Nullable String> cells) {
        int index = names.indexOf(name);
        return index < 0 ? null : cells.get(index);
    }
}
