import { implement } from '@orpc/server';
import { sql } from 'kysely';
import { limitOf, type OperationContext } from '../../node/operations.ts';
import type { Centre } from '../centre.ts';
import { limitContract } from './contract.ts';
import { within } from './within.ts';

const shownSites = 50;

export function limitOperations({ db }: Pick<Centre, 'db'>) {
  const os = implement(limitContract).$context<OperationContext>();
  return os.router({
    regions: os.regions.handler(async ({ context }) => {
      const limit = limitOf(context);
      const rows = await db
        .selectFrom('site')
        .select(['region', (eb) => eb.fn.countAll<number>().as('n')])
        .where('region', 'is not', null)
        .groupBy('region')
        .orderBy('region')
        .execute();
      return rows.flatMap(({ region, n }) =>
        region !== null && (limit === null || (limit.to === 'regions' && limit.regions.includes(region)))
          ? { region, sites: Number(n) }
          : [],
      );
    }),
    sites: os.sites.handler(({ input: { projectId, search }, context }) => {
      const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      return db
        .selectFrom('site')
        .select(['code', 'name', 'region'])
        .where('project_id', '=', projectId)
        .where(within(limitOf(context), projectId, 'code'))
        .where(
          sql<boolean>`(lower(code) like ${pattern} escape '\\' or lower(name) like ${pattern} escape '\\')`,
        )
        .orderBy('code')
        .limit(shownSites)
        .execute();
    }),
  });
}
