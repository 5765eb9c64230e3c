package io.statehub.sidecar.manifests;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the roles of rendered manifests grant. */
final class Grants {

    /**
     * One right.
     *
     * @param namespace where it holds; {@code *} everywhere
     * @param name the one object that it is for; {@code *} all of them
     */
    record Grant(String verb, String group, String resource, String namespace, String name)
            implements Comparable<Grant> {

        boolean covers(Grant request) {
            return verb.equals(request.verb)
                    && group.equals(request.group)
                    && resource.equals(request.resource)
                    && (namespace.equals("*") || namespace.equals(request.namespace))
                    && (name.equals("*") || name.equals(request.name));
        }

        @Override
        public int compareTo(Grant other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Set<Grant> all = new TreeSet<>();

    Grants(List<Map<String, Object>> objects) {
        for (Map<String, Object> object : objects) {
            if ("Role".equals(object.get("kind"))) {
                Role role = Rendered.as(Role.class, object);
                role.getRules().forEach(rule -> add(rule, role.getMetadata().getNamespace()));
            } else if ("ClusterRole".equals(object.get("kind"))) {
                Rendered.as(ClusterRole.class, object).getRules().forEach(rule -> add(rule, "*"));
            }
        }
    }

    private void add(PolicyRule rule, String namespace) {
        List<String> names = rule.getResourceNames().isEmpty() ? List.of("*") : rule.getResourceNames();
        for (String verb : rule.getVerbs()) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    names.forEach(name -> all.add(new Grant(verb, group, resource, namespace, name)));
                }
            }
        }
    }

    /** Every right. */
    Set<Grant> all() {
        return Set.copyOf(all);
    }

    /** The requests that no right covers. */
    List<Grant> refused(Iterable<Grant> requests) {
        List<Grant> refused = new ArrayList<>();
        for (Grant request : requests) {
            if (all.stream().noneMatch(grant -> grant.covers(request))) {
                refused.add(request);
            }
        }
        return refused;
    }

    /** The rights that no request needs. */
    List<Grant> unused(List<Grant> requests) {
        return all.stream()
                .filter(grant -> requests.stream().noneMatch(grant::covers))
                .toList();
    }
}
