package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.serializers.RecordSerializer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Kryo's record serialiser, which would let a stranger leave components null and put anything into a {@code List} or an
 * {@code Optional}.
 */
final class WholeRecordSerializer<T extends Record> extends RecordSerializer<T> {
    private final List<Reference> references = new ArrayList<>();

    WholeRecordSerializer(Class<T> type) {
        super(type);
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                references.add(Reference.of(component));
            }
        }
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        T record = super.read(kryo, input, type);
        for (Reference reference : references) {
            reference.check(record);
        }
        return record;
    }

    /**
     * A component that is no primitive.
     *
     * @param element what its {@code List}, {@code Set} or {@code Optional} holds; else {@code Object}
     */
    private record Reference(MethodHandle getter, Class<?> element) {
        static Reference of(RecordComponent component) {
            try {
                return new Reference(MethodHandles.lookup().unreflect(component.getAccessor()), element(component));
            } catch (IllegalAccessException notPublic) {
                throw new IllegalStateException("a record on the wire is public", notPublic);
            }
        }

        private static Class<?> element(RecordComponent component) {
            boolean holder =
                    component.getType() == Optional.class || Collection.class.isAssignableFrom(component.getType());
            return holder
                            && component.getGenericType() instanceof ParameterizedType type
                            && type.getActualTypeArguments()[0] instanceof Class<?> argument
                    ? argument
                    : Object.class;
        }

        void check(Record record) {
            Object value = valueIn(record);
            if (value == null) {
                throw new KryoException("a component is missing");
            }
            if (value instanceof Optional<?> optional && optional.isPresent()) {
                checkElement(optional.get());
            } else if (value instanceof Collection<?> elements && element != Object.class) {
                elements.forEach(this::checkElement);
            }
        }

        private void checkElement(Object held) {
            if (!element.isInstance(held)) {
                throw new KryoException(held.getClass() + " in place of " + element);
            }
        }

        private Object valueIn(Record record) {
            try {
                return getter.invoke(record);
            } catch (Throwable broken) {
                throw new KryoException(broken);
            }
        }
    }
}
