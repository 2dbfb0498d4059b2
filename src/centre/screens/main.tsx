import { createConsoleClient } from '../../ui/client.ts';
import { startConsole } from '../../ui/console-app.tsx';
import type { centreContract } from '../contract.ts';
import { CentreConsole } from './centre-console.tsx';
import { signInService } from './system/openid-way.ts';

const centre = createConsoleClient<typeof centreContract>();

startConsole({
  client: centre,
  title: 'console.centre',
  manual: 'centre',
  elsewhere: signInService,
  codeByMail: {
    ask: async (account) => void (await centre.forgottenPassword.ask({ account })),
    set: async (account, code, next) => void (await centre.forgottenPassword.set({ account, code, next })),
  },
  children: <CentreConsole centre={centre} />,
});
