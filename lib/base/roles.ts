/** The title that a server has when nobody names another; the SQL files name its roles. */
export const MAIN_TITLE = 'wallet';

/**
 * What a title's name may be: its database and its roles are called after it, in SQL without quotes.
 */
export const TITLE_NAME = /^[a-z][a-z0-9_]{0,47}$/;

/**
 * The roles of a title. Each title of a server has roles of its own, so the logins of one cannot reach the
 * database of another.
 */
export function rolesOf(title: string): Record<'owner' | 'app' | 'reader', string> {
  return { owner: `${title}_owner`, app: `${title}_app`, reader: `${title}_reader` };
}
