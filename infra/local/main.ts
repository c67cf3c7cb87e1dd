/** Runs a command of the local host: any error is one line, never a stack. */
export async function main(command: () => Promise<void>): Promise<void> {
  // A closed or full console does not end the service. A command whose result is lost has failed.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {
      process.exitCode = 1;
    });
  }
  try {
    await command();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    process.stderr.write(`${message || code}\n`);
    process.exitCode = 1;
  }
}
