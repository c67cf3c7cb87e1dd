/** What the service tells the page, beside the page itself. */
export interface ConsoleConfig {
  signIn: 'none' | 'token' | { issuer: string; clientId: string; scope: string };
  /** The key that checkpoints are signed with, in PEM. */
  publicKey: string;
}

/** Where the console lies: its path ends with `/console/`. */
export const HERE = new URL(document.baseURI);
/** Where the service lies: the console is below it. */
export const SERVICE = new URL('..', HERE).href.replace(/\/$/, '');

export async function loadConfig(): Promise<ConsoleConfig> {
  const reply = await fetch(new URL('config.json', HERE));
  if (!reply.ok) {
    throw new Error(`The console's configuration was answered with status ${reply.status}.`);
  }
  return reply.json();
}
