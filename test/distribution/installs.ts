/** Installs as the pages do, and kills itself where it is told: after so many steps, or in the middle of copying. */
import { installProgram } from '../../src/cli/setup/install-program.ts';

const [from, into, data, port, stop] = process.argv.slice(2) as [string, string, string, string, string];
const steps = installProgram(
  from,
  { role: 'site', scope: 'user', into, data, port: Number(port), starts: true },
  {
    going: () => true,
    progress: (done) => {
      if (stop === 'copying' && done >= 2) process.kill(process.pid, 'SIGKILL');
    },
    remark: (said) => console.log(said),
  },
);
for (let count = 0; ; count++) {
  if (String(count) === stop) process.kill(process.pid, 'SIGKILL');
  const next = await steps.next();
  if (!next.done) continue;
  console.log(JSON.stringify(next.value));
  process.exitCode = next.value.ok ? 0 : 1;
  break;
}
