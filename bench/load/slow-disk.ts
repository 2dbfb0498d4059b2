/** Preloaded into a measured process (also into its worker threads): every commit that changed something takes 20 ms longer, as on a slow disk. */
import { DatabaseSync, StatementSync } from 'node:sqlite';

export const slowerByMs = 20;

const pause = new Int32Array(new SharedArrayBuffer(4));
const slow = (): void => {
  Atomics.wait(pause, 0, 0, slowerByMs);
};
const databaseOf = new WeakMap<StatementSync, DatabaseSync>();
const { exec, prepare } = DatabaseSync.prototype;
const { run } = StatementSync.prototype;

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
  exec.call(this, sql);
  if (sql === 'COMMIT') slow();
};
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...parameters) {
  const statement = prepare.apply(this, parameters);
  databaseOf.set(statement, this);
  return statement;
};
StatementSync.prototype.run = function (
  this: StatementSync,
  ...parameters: Parameters<StatementSync['run']>
) {
  const done = run.apply(this, parameters);
  if (done.changes !== 0 && databaseOf.get(this)?.isTransaction === false) slow();
  return done;
} as StatementSync['run'];
