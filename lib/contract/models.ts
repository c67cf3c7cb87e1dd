import * as z from 'zod';
import type { ZodOpenApiOverrideContext } from 'zod-openapi';

type Json = Record<string, unknown>;

export const KEY_PLACES =
  'The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are ' +
  'given, they must agree.';

/** A body's schema as a model of API Gateway: of draft 4, whole, without words that it does not know. */
export function modelOf(body: z.ZodObject): Json {
  const { $schema, ...model } = z.toJSONSchema(body, {
    io: 'input',
    target: 'draft-4',
    unrepresentable: 'any',
    // Names would be references, and of a model API Gateway refuses examples.
    metadata: z.registry(),
    override: (context) => adapt({ ...context, io: 'input' }, [body]),
  });
  return model;
}

type SchemaContext = Pick<ZodOpenApiOverrideContext, 'zodSchema' | 'io'> & {
  jsonSchema: z.core.JSONSchema.BaseSchema;
};

/** What callers see where it is not what the code checks. */
export function adapt({ zodSchema, jsonSchema, io }: SchemaContext, bodies: readonly unknown[]): void {
  const { def } = zodSchema._zod;
  // The only custom schema is that of a JSON object of any content.
  if (def.type === 'custom') {
    jsonSchema.type = 'object';
  }
  // Zod says no default of what is transformed.
  if (def.type === 'default') {
    jsonSchema.default ??= def.defaultValue;
  }
  // The format says it, and a number of a query arrives as text.
  if (jsonSchema.format !== undefined || jsonSchema.type === 'integer') {
    delete jsonSchema.pattern;
  }
  // Replies may gain fields.
  if (io === 'output' && jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
  // The header may stand in for the key of a body, but not for those inside a batch.
  const { properties, required = [] } = jsonSchema;
  const key = properties?.idempotencyKey as { description?: string } | undefined;
  if (key !== undefined && bodies.includes(zodSchema)) {
    const description = [key.description, KEY_PLACES].join(' ').trim();
    jsonSchema.properties = { ...properties, idempotencyKey: { ...key, description } };
    jsonSchema.required = required.filter((name) => name !== 'idempotencyKey');
  }
}
