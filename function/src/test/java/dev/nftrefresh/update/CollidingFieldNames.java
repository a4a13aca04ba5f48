package dev.nftrefresh.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Names chosen so that they fall upon one place of Jackson's table of names, whatever its seed: the sum of the last three
 * quarters of such a name is the same for all.
 */
public final class CollidingFieldNames {
    private CollidingFieldNames() {}

    /** So many of them, no two the same. */
    public static List<String> of(int count) {
        var names = new ArrayList<String>();
        for (int a = 0; a < 32; a++) {
            for (int b = Math.max(0, 46 - 31 - a); b < 32 && a + b <= 46; b++) {
                for (int p = 4; p < 16; p++) {
                    for (int q = Math.max(4, 28 - 15 - p); q < 16 && p + q <= 24 && names.size() < count; q++) {
                        names.add("aaaaaaaaaaaa" + quad(a, p) + quad(b, q) + quad(46 - a - b, 28 - p - q));
                    }
                }
            }
        }
        assertThat(new HashSet<>(names)).hasSize(count);
        return names;
    }

    private static String quad(int second, int third) {
        return "a" + (char) (0x60 + second) + (char) (third * 8 + 1) + "z";
    }
}
