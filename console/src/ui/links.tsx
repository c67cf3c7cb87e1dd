import { Anchor } from '@mantine/core';
import { Link } from 'wouter';

export const playerPath = (userId: string): string => `/players/${encodeURIComponent(userId)}`;
/** Its player's page, with the hold marked. */
export const holdPath = (userId: string, holdId: string): string =>
  `${playerPath(userId)}?show=hold&hold=${holdId}`;
export const transactionPath = (id: string): string => `/transactions/${id}`;
export const groupPath = (id: string): string => `/groups/${id}`;

interface ToProps {
  path: string;
  children: string;
  onFollow?: () => void;
}

/** A link to another page of the console. */
export function To({ path, children, onFollow }: ToProps) {
  return (
    <Anchor component={Link} href={path} inherit onClick={onFollow}>
      {children}
    </Anchor>
  );
}
