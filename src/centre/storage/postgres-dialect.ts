/**
 * Kysely on PostgreSQL. A database that is away is an expected refusal (`database-unreachable`), said once in the log when it goes and
 * once when it is back; every operation tries anew, so nothing has to be restarted.
 */
import { PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { Refused } from '../../base/refused.ts';
import type { Refusal } from '../../base/result.ts';
import { storable } from './storable.ts';

export interface DatabaseWatcher {
  lost(refusal: Refusal): void;
  back(): void;
}

const connections = 10;
const connectMs = 5_000;
/** Long enough for the largest import, short enough that a dead server is noticed. */
const statementMs = 120_000;

/** @param url is never said, because it may hold a password: only its host and database are. */
export function postgresDialect(url: string, watcher: DatabaseWatcher): PostgresDialect {
  const where = place(url);
  const pool = new pg.Pool({
    connectionString: url,
    types: { getTypeParser },
    max: connections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    // The server ends a statement in time; only one that is gone does not answer even then.
    query_timeout: statementMs + connectMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    application_name: 'invigil-centre',
  });
  let away = false;
  const judged = (error: unknown): unknown => {
    const refusal = refusalOf(error, where);
    if (refusal === null) return error;
    if (!away) watcher.lost(refusal);
    away = true;
    return new Refused(refusal);
  };
  // A connection that dies says so as an event; without a listener it would end the process.
  pool.on('error', judged);
  pool.on('connect', (client) => client.on('error', judged));
  return new PostgresDialect({
    pool: {
      options: pool.options,
      end: () => pool.end(),
      async connect() {
        try {
          const client = await pool.connect();
          if (away) watcher.back();
          away = false;
          return judgedClient(client, judged);
        } catch (error) {
          throw judged(error);
        }
      },
    },
  });
}

/** The same object for the same connection: Kysely keeps what it knows of a connection by it. */
const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();

function judgedClient(client: pg.PoolClient, judged: (error: unknown) => unknown): PostgresPoolClient {
  const before = wrapped.get(client);
  if (before) return before;
  const made = {
    query: async (sql: string, parameters: readonly unknown[]) => {
      try {
        return await client.query(sql, parameters.map(storable));
      } catch (error) {
        throw judged(error);
      }
    },
    release: (destroy?: boolean) => client.release(destroy),
  } as unknown as PostgresPoolClient;
  wrapped.set(client, made);
  return made;
}

/** Times in ms, sizes and counts stay far below 2^53. */
const int8 = 20;
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;

function place(url: string): { host: string; database: string } {
  const { hostname, port, pathname } = new URL(url);
  return {
    host: `${hostname || 'localhost'}:${port || 5432}`,
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** Classes of SQLSTATE that concern the connection and not the statement (PostgreSQL, appendix A). */
const unreachableStates = /^(08|57P0[1-5]|53300)/;
const refusedStates = /^(28|3D000|42501)/;
const networkCodes = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|ENOENT)/;
const networkMessages =
  /connection terminated|connection timeout|timeout exceeded|not queryable|read timeout|SSL/i;

function refusalOf(error: unknown, where: { host: string; database: string }): Refusal | null {
  if (!(error instanceof Error)) return null;
  const code = (error as { code?: unknown }).code;
  const state = typeof code === 'string' ? code : '';
  // Several addresses were tried (IPv4 and IPv6): the first one's reason stands for all.
  const message = error instanceof AggregateError ? String(error.errors[0]?.message ?? '') : error.message;
  if (refusedStates.test(state)) return { type: 'database-refused', ...where, problem: message };
  if (unreachableStates.test(state) || networkCodes.test(state) || networkMessages.test(message))
    return { type: 'database-unreachable', ...where, problem: message };
  return null;
}
