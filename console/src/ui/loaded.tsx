import { Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from './problem';

/** What a query brought, or that it is on its way, or why it failed. */
export function Loaded<Data>({
  query,
  children,
}: {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  return query.error ? <Problem error={query.error} /> : <Loader aria-label="Loading" size="sm" />;
}
