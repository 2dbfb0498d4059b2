/** The command line: one file per command. */
import { Command } from 'commander';
import * as paper from './paper.ts';
import * as parcel from './parcel.ts';
import * as role from './role.ts';
import * as verify from './verify.ts';

const program = new Command('invigil')
  .description('High-stakes exams in many places at once')
  .showHelpAfterError();
role.register(program);
paper.register(program);
parcel.register(program);
verify.register(program);
await program.parseAsync();
