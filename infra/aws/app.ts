import { makeApp } from './wallet';

/** What cdk.json runs. A setting that is wrong is one line. */
try {
  makeApp().synth();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
