/** How the service names a SQL function's argument: p_user_id is userId. */
export function argumentName(sqlName: string): string {
  return sqlName.replace(/^p_/, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The way back: userId is p_user_id. */
export function sqlName(argument: string): string {
  return `p_${argument.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
