import type { ReactNode } from 'react';
import { Alert } from 'antd';
import { ActButton } from '../act-button.tsx';
import { dateTime } from '../format.ts';
import { useText } from '../text.ts';
import type { GateView } from '../../node/contract.ts';
import type { SiteSupport } from '../../site/support/contract.ts';
import type { SiteSupportClient } from './site-support-page.tsx';

/** What the centre tells its sites stands over every page until somebody here has read it. */
export function CentreNotices(props: {
  client: Pick<SiteSupportClient, 'read'>;
  mayRead: GateView;
  support: SiteSupport | null;
  set: (support: SiteSupport) => void;
}): ReactNode {
  const { client, mayRead, support, set } = props;
  const t = useText();
  return (support?.announcements ?? [])
    .filter(({ readAt }) => readAt === null)
    .map((one) => (
      <Alert
        key={one.id}
        type="warning"
        showIcon
        role="status"
        title={t('support.noticeFrom', { at: dateTime(one.at), by: one.by })}
        description={<div className="notice-text">{one.text}</div>}
        action={
          <ActButton gate={mayRead} act={async () => set(await client.read({ announcementId: one.id }))}>
            {t('support.read')}
          </ActButton>
        }
      />
    ));
}
