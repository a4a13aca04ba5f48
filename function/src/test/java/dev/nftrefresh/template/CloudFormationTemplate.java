package dev.nftrefresh.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The template as maps and lists. CloudFormation's short forms are read as {@code {"!Ref": …}}. */
record CloudFormationTemplate(Map<String, Object> root) {
    static final Path FILE = Path.of("..", "template.yaml");

    static CloudFormationTemplate read() {
        try {
            return new CloudFormationTemplate(new Yaml(new ShortForms()).load(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands at this path. */
    Object at(String... path) {
        Object here = root;
        for (String key : path) {
            here = get(here, key);
        }
        return here;
    }

    long number(String... path) {
        return Long.parseLong(at(path).toString());
    }

    /** What a map has under this key. */
    static Object get(Object map, String key) {
        return Objects.requireNonNull(map(map).get(key), () -> "no " + key + " in " + map);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** One or many of something, as policies write it. */
    static List<?> list(Object value) {
        return value instanceof List<?> many ? many : List.of(value);
    }

    private static final class ShortForms extends SafeConstructor {
        ShortForms() {
            super(new LoaderOptions());
        }

        @Override
        protected Object constructObject(Node node) {
            String tag = node.getTag().getValue();
            if (!tag.startsWith("!")) {
                return super.constructObject(node);
            }
            node.setTag(
                    switch (node) {
                        case ScalarNode _ -> Tag.STR;
                        case SequenceNode _ -> Tag.SEQ;
                        case MappingNode _ -> Tag.MAP;
                        default -> throw new IllegalStateException(tag);
                    });
            return Map.of(tag, super.constructObject(node));
        }
    }
}
