/** The command line: one file per command. */
import { Command } from 'commander';
import * as role from './role.ts';

const program = new Command('invigil')
  .description('High-stakes exams in many places at once')
  // What stands behind a subcommand is the subcommand's own: `seat` and `seat export` both take --data.
  .enablePositionalOptions()
  .showHelpAfterError();
role.register(program);
// A role starts without the code of the other commands.
if (!role.names.includes(process.argv[2] ?? ''))
  for (const command of [
    import('./doctor.ts'),
    import('./lock.ts'),
    import('./paper.ts'),
    import('./parcel.ts'),
    import('./recognise.ts'),
    import('./verify.ts'),
  ])
    (await command).register(program);
await program.parseAsync();
