/** `invigil seat export`: takes the answer package from a seat's data folder. */
import type { Command } from 'commander';
import { endWith } from './say.ts';

/** @param seat the command that runs a seat; `export` stands below it. */
export function registerSeatExport(seat: Command): void {
  seat
    .command('export')
    .description('write the answer package of the sitting that a stopped seat holds, for its room')
    .requiredOption('--data <folder>', 'data folder of the seat')
    .requiredOption('--to <file>', 'the file to write, or a folder for it')
    .action(async (options: { data: string; to: string }) => {
      const { exportFromFolder } = await import('../seat/export-stopped.ts');
      const done = await exportFromFolder(options).catch(async (error: unknown) => {
        const { startRefusal } = await import('../node/node.ts');
        const refusal = startRefusal(error, options.data);
        if (!refusal) throw error;
        return { ok: false as const, refusal };
      });
      if (!done.ok) endWith(done.refusal);
      console.log(`${done.value.file} (${done.value.size} bytes). Import it in the room's console.`);
    });
}
