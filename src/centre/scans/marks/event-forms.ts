/** Which form a sheet of an event is, side by side. Looked up once for each event, however many pages it has. */
import * as z from 'zod';
import { ownTemplates } from '../../../exam/form/own-templates.ts';
import { templateSchema, type Side, type Template } from '../../../exam/form/template.ts';
import type { CentreDatabase } from '../../storage/database.ts';

export class EventForms {
  readonly #db: CentreDatabase;
  readonly #known = new Map<string, readonly Template[]>();

  constructor(db: CentreDatabase) {
    this.#db = db;
  }

  async templates(eventId: string): Promise<readonly Template[]> {
    const known = this.#known.get(eventId);
    if (known) return known;
    const { templates_json } = await this.#db
      .selectFrom('event')
      .select('templates_json')
      .where('id', '=', eventId)
      .executeTakeFirstOrThrow();
    const templates =
      templates_json === null ? ownTemplates : z.array(templateSchema).parse(JSON.parse(templates_json));
    this.#known.set(eventId, templates);
    return templates;
  }

  /** null: the event has no such form. */
  async side(eventId: string, kind: string, side: number): Promise<Side | null> {
    const templates = await this.templates(eventId);
    return templates.find((one) => one.kind === kind)?.sides[side - 1] ?? null;
  }
}
