/** `invigil room exam-browser`: the Safe Exam Browser file of a stopped room. */
import type { Command } from 'commander';
import { endWith } from './say.ts';

/** @param room the command that runs a room; `exam-browser` stands below it. */
export function registerExamBrowser(room: Command): void {
  room.enablePositionalOptions();
  room
    .command('exam-browser')
    .description("write the Safe Exam Browser file (.seb) of a stopped room's seats")
    .requiredOption('--data <folder>', 'data folder of the room')
    .requiredOption('--to <file>', 'the file to write; it must not be there yet')
    .option('--password <password>', 'what the browser asks for when it opens the file')
    .action(async (options: { data: string; to: string; password?: string }) => {
      const { data, to, password = null } = options;
      // SEB's versions do not agree on how other letters become a key.
      if (password !== null && !/^[\x20-\x7e]{8,100}$/.test(password))
        endWith({ type: 'bad-option', option: 'password', problem: '8 to 100 printable ASCII characters' });
      const { fileOfStopped } = await import('../room/exam-browser/file-of-stopped.ts');
      const done = await fileOfStopped({ data, to, password }).catch(async (error: unknown) => {
        const { startRefusal } = await import('../node/node.ts');
        const refusal = startRefusal(error, data);
        if (!refusal) throw error;
        return { ok: false as const, refusal };
      });
      if (!done.ok) endWith(done.refusal);
      const { file, startUrl, quitPassword, configKey } = done.value;
      console.log(`${file}\nstarts at ${startUrl}\nquit password ${quitPassword}\nConfig Key ${configKey}`);
    });
}
