import type { ReactNode } from 'react';
import { Alert } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { dateTime } from '../../../ui/format.ts';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { supportContract, type SiteSupport } from '../../support/contract.ts';
import type { SiteClient } from '../site-console.tsx';

/** What the centre tells its sites stands over every page until somebody here has read it. */
export function CentreNotices(props: {
  site: SiteClient;
  support: SiteSupport | null;
  set: (support: SiteSupport) => void;
}): ReactNode {
  const { site, support, set } = props;
  const t = useText();
  const mayRead = useRoleGate(supportContract.read);
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
          <ActButton
            gate={mayRead}
            act={async () => set(await site.support.read({ announcementId: one.id }))}
          >
            {t('support.read')}
          </ActButton>
        }
      />
    ));
}
