package dev.jcompose.model.load;

import dev.jcompose.model.canonical.Canonicalizer;
import dev.jcompose.model.check.Deprecations;
import dev.jcompose.model.check.ElementChecks;
import dev.jcompose.model.check.MountOptions;
import dev.jcompose.model.interpolate.Interpolator;
import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.merge.MergeTags;
import dev.jcompose.model.merge.Merger;
import dev.jcompose.model.merge.Unique;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.resolve.Defaults;
import dev.jcompose.model.resolve.EnvironmentValues;
import dev.jcompose.model.resolve.PathResolver;
import dev.jcompose.model.resolve.WindowsPaths;
import dev.jcompose.model.schema.ComposeSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages from documents to a merged, checked model in long form, for the files of one scope. An include runs
 * another one for its files.
 */
final class ModelLoader {
    private final SourceTexts texts;
    private final Scope scope;
    private final LoadOptions options;
    private final Problems problems;
    private final Interpolator interpolator;

    ModelLoader(SourceTexts texts, Scope scope, LoadOptions options, Problems problems) {
        this.texts = texts;
        this.scope = scope;
        this.options = options;
        this.problems = problems;
        this.interpolator = new Interpolator(Variables.of(scope.environment()), problems);
    }

    /**
     * The model of all files. What is wrong is reported and left out.
     *
     * @param files the documents of each file, in order
     */
    MappingNode load(List<List<Node>> files) {
        MappingNode model = MappingNode.empty(SourceLocation.NONE);
        for (List<Node> documents : files) {
            for (Node document : documents) {
                model = add(model, document);
            }
        }
        model = Defaults.apply(model);
        if (options.interpolate()) {
            ElementChecks.check(model, problems);
            endStage(model);
        }
        if (options.resolvePaths()) {
            model = new PathResolver(scope.base(), scope.environment().get("HOME")).resolve(model);
        }
        String windows = scope.environment().getOrDefault("COMPOSE_CONVERT_WINDOWS_PATHS", "");
        if (windows.equals("1") || windows.equalsIgnoreCase("true")) {
            model = WindowsPaths.convert(model);
        }
        return new EnvironmentValues(Variables.of(scope.environment())).resolve(model);
    }

    /** One document over the model so far. */
    private MappingNode add(MappingNode model, Node document) {
        MappingNode file = prepared(document);
        file = new IncludeLoader(texts, scope, options, problems).resolve(file);
        endStage(file);
        file = new ExtendsResolver(this, texts, scope, problems).resolve(file);
        endStage(file);
        MappingNode merged = Merger.merge(model, file, problems);
        endStage(merged);
        merged = Unique.enforce(MergeTags.strip(merged));
        MappingNode valid = ComposeSchema.check(merged, problems);
        endStage(merged);
        return canonical(Deprecations.check(valid, problems));
    }

    private void endStage(MappingNode model) {
        problems.endStage(problem -> Place.complete(problem, model));
    }

    private MappingNode canonical(MappingNode model) {
        if (options.interpolate()) {
            MountOptions.warn(model, problems);
        }
        MappingNode canonical = Canonicalizer.apply(model, problems, !options.interpolate());
        endStage(model);
        return Unique.enforce(canonical);
    }

    /** A document with its variables replaced. */
    private MappingNode prepared(Node document) {
        if (!(document instanceof MappingNode mapping)) {
            problems.error(Problem.of(document.location(), "", "top-level object must be a mapping"));
            problems.endStage();
            problems.incomplete();
            return MappingNode.empty(document.location());
        }
        if (!options.interpolate()) {
            return mapping;
        }
        Node file = interpolator.interpolate(mapping, NodePath.ROOT);
        endStage(mapping);
        return (MappingNode) file;
    }

    /**
     * The services of a file that another one extends: in long form, but neither checked nor with their extends
     * resolved, so that their {@code !reset} still waits for that.
     */
    @Nullable
    MappingNode servicesOf(List<Node> documents, String base) {
        MappingNode model = MappingNode.empty(SourceLocation.NONE);
        for (Node document : documents) {
            model = canonical(Unique.enforce(Merger.merge(model, prepared(document), problems)));
        }
        return new PathResolver(base, scope.environment().get("HOME"))
                .resolve(model)
                .mapping("services");
    }
}
