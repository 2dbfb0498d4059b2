/** What the download from the centre runs: `invigil lock` and nothing else. */
import { Command } from 'commander';
import { register } from '../lock.ts';

const program = new Command('invigil').enablePositionalOptions().showHelpAfterError();
register(program);
await program.parseAsync([...process.argv.slice(0, 2), 'lock', ...process.argv.slice(2)]);
