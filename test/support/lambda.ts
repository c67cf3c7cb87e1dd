import { Container, InvocationError } from './container';
import type { LambdaRuntime } from './lambda-runtime';

export interface LambdaOptions {
  /** Beside what the template gives each function. */
  environment: Record<string, string>;
  onLine: (line: string) => void;
  /** Containers of one function at a time; further events wait. */
  concurrency?: number;
}

/** The functions of the synthesized stack, run by the real runtime client. */
export interface Lambda {
  /** By the id of a row; the function's own timeout unless told. Rejects with an InvocationError. */
  invoke(id: string, event: unknown, timeoutMillis?: number): Promise<unknown>;
  /** The living containers of a function, for a test to meddle with. */
  containersOf(id: string): Container[];
  close(): void;
}

const CONCURRENCY = 4;

export function openLambda(
  runtime: LambdaRuntime,
  { environment, onLine, concurrency = CONCURRENCY }: LambdaOptions,
): Lambda {
  const containers = new Map<string, Container[]>();
  const busy = new Set<Container>();
  const queues = new Map<string, (() => void)[]>();

  const alive = (id: string): Container[] => {
    const living = (containers.get(id) ?? []).filter(({ dead }) => !dead);
    containers.set(id, living);
    return living;
  };
  /** A warm container, else a new one, else the next that is done. */
  const acquire = async (id: string): Promise<Container> => {
    for (;;) {
      const living = alive(id);
      const warm = living.find((container) => !busy.has(container));
      const container = warm ?? (living.length < concurrency ? startContainer(id) : undefined);
      if (container !== undefined) {
        busy.add(container);
        return container;
      }
      await new Promise<void>((resolve) => queues.set(id, [...(queues.get(id) ?? []), resolve]));
    }
  };
  const startContainer = (id: string): Container => {
    const { folder, variables, name, memoryMb } =
      runtime.functions[id] ?? fail(`no function ${id} was synthesized`);
    const { node, client, sdk } = runtime;
    const container = new Container({
      node,
      client,
      folder,
      onLine,
      environment: {
        ...variables,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: '1',
        // As in Lambda: the SDK, and nothing else that this project has installed.
        NODE_PATH: sdk,
        ...environment,
      },
    });
    containers.set(id, [...alive(id), container]);
    return container;
  };

  return {
    async invoke(id, event, timeoutMillis = (runtime.functions[id]?.timeoutSeconds ?? 0) * 1_000) {
      const container = await acquire(id);
      try {
        return await container.invoke(event, timeoutMillis);
      } finally {
        busy.delete(container);
        queues.get(id)?.shift()?.();
      }
    },
    containersOf: alive,
    close() {
      for (const container of [...containers.values()].flat()) {
        container.kill();
      }
    },
  };
}

function fail(message: string): never {
  throw new InvocationError('init', message);
}
