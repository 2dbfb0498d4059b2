import { createConsoleClient } from '../../ui/client.ts';
import { startConsole } from '../../ui/console-app.tsx';
import type { centreContract } from '../contract.ts';
import { CentreConsole } from './centre-console.tsx';
import { signInService } from './system/openid-way.ts';

const centre = createConsoleClient<typeof centreContract>();

startConsole({
  client: centre,
  title: 'console.centre',
  elsewhere: signInService,
  children: <CentreConsole centre={centre} />,
});
