/** Which papers of a project have practical tasks: candidates work on those in other programs. */
import type { Centre } from '../centre.ts';
import { paperViewSchema } from './contract.ts';

const reportSchema = paperViewSchema.shape.report;

/** @returns ids of papers. What was left out at the import is in none. */
export async function practicalPapers(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
): Promise<ReadonlySet<string>> {
  const papers = await db
    .selectFrom('paper')
    .select(['id', 'report_json'])
    .where('project_id', '=', projectId)
    .execute();
  const practical = papers.filter(({ report_json }) =>
    reportSchema.parse(JSON.parse(report_json)).items.some(({ reasons }) => {
      const types = new Set(reasons.map(({ type }) => type));
      return types.has('practical-task') && !types.has('left-out');
    }),
  );
  return new Set(practical.map(({ id }) => id));
}
