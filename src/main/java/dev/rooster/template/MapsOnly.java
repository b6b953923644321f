package dev.rooster.template;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.Iteration;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.BaseObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** Lets Mustache look into maps and at nothing else: no fields, no methods, no lambdas. */
final class MapsOnly extends BaseObjectHandler {

    @Override
    public Wrapper find(String name, List<Object> scopes) {
        return now -> lookUp(name, now);
    }

    @Override
    public Binding createBinding(String name, TemplateContext context, Code code) {
        return now -> lookUp(name, now);
    }

    /** Counts repetitions, so that sections within sections over long lists end although they print nothing. */
    @Override
    public Writer iterate(Iteration iteration, Writer writer, Object object, List<Object> scopes) {
        if (writer instanceof BoundedWriter bounded) {
            bounded.step();
        }
        return super.iterate(iteration, writer, object, scopes);
    }

    /** Null when there is none, which {@link TemplateCheck} has ruled out. */
    private static Object lookUp(String name, List<Object> scopes) {
        if (name.equals(".")) {
            return scopes.get(scopes.size() - 1);
        }
        String[] steps = name.split("\\.");
        for (int i = scopes.size() - 1; i >= 0; i--) {
            if (scopes.get(i) instanceof Map<?, ?> map && map.containsKey(steps[0])) {
                Object value = map.get(steps[0]);
                for (int step = 1; step < steps.length; step++) {
                    value = value instanceof Map<?, ?> inner ? inner.get(steps[step]) : null;
                }
                return value;
            }
        }
        return null;
    }
}
