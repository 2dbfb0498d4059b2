import { createConsoleClient } from '../../ui/client.ts';
import { startConsole } from '../../ui/console-app.tsx';
import type { siteContract } from '../contract.ts';
import { FirstStart } from './first-start.tsx';
import { SiteConsole } from './site-console.tsx';

const site = createConsoleClient<typeof siteContract>();

startConsole({
  client: site,
  title: 'console.site',
  manual: 'site',
  // Initialised, it has accounts: then the sign-in comes first.
  needsFirstStart: async () => {
    const { done, accounts } = await site.setup.state();
    return !done && !accounts;
  },
  firstStart: (done) => <FirstStart site={site} done={done} />,
  children: <SiteConsole site={site} />,
});
