/** `invigil site stop`: ends the site in a data folder, also where no signal or terminal reaches it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { endWith } from './say.ts';

/** @param site the command that runs a site; `stop` stands below it. */
export function registerSiteStop(site: Command): void {
  site
    .command('stop')
    .description('end the site of this data folder; with its code also while something is unreported')
    .option('--data <folder>', 'data folder of the site (data/site)')
    .option('--code <code>', 'the site code: says that it is meant although not everything is reported')
    .action(async ({ data = 'data/site', code }: { data?: string; code?: string }) => {
      const { askToStop } = await import('../site/close/stop-request.ts');
      const done = await askToStop(resolve(data), code ?? null);
      if (!done.ok) endWith(done.refusal);
      console.log('The site has ended. What it has kept is in its data folder.');
    });
}
