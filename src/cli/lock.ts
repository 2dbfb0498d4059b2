/** `invigil lock`: registers an exam lock and calibrates it, on any computer that reaches the centre. */
import { Option, type Command } from 'commander';
import { openBrowser, startLockHelper } from './lock/start.ts';
import { endWith } from './say.ts';

interface Given {
  readonly centre?: string;
  readonly configuration?: string;
  readonly keyFile: readonly string[];
  readonly library: readonly string[];
  readonly port: number;
  readonly browser: boolean;
}

const several = (value: string, before: readonly string[]): string[] => [...before, value];

export function register(program: Command): void {
  program
    .command('lock')
    .description('register an exam lock, or calibrate it, on any computer that reaches the centre')
    .option(
      '--centre <address>',
      "the centre's exchange and its certificate's SHA-256: https://host:port#digits",
    )
    .option('--configuration <file>', 'the same from a file, as it comes with the download from the centre')
    .addOption(
      new Option(
        '--key-file <path>',
        'a key file that lies on no drive that is found by itself; several times',
      )
        .argParser(several)
        .default([]),
    )
    .addOption(
      new Option('--library <path>', 'a library of tokens at a place of its own; several times')
        .argParser(several)
        .default([]),
    )
    .addOption(new Option('--port <number>', 'port of the page (any)').argParser(Number).default(0))
    .option('--no-browser', 'open no browser: the address of the page is shown')
    .action(async (given: Given) => {
      const started = await startLockHelper(given);
      if (!started.ok) endWith(started.refusal);
      const { address, closed, close } = started.value;
      console.log(address);
      if (given.browser) openBrowser(address);
      await Promise.race([closed, told()]);
      await close();
      process.exit(0);
    });
}

function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
