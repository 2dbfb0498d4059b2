import type { ReactNode } from 'react';
import { DownloadOutlined } from '@ant-design/icons';
import type { Download } from '../node/contract.ts';
import { ActButton } from './act-button.tsx';
import { saveDownload } from './client.ts';
import type { GateButtonProps } from './gate-button.tsx';
import { useText } from './text.ts';

type Props = Omit<GateButtonProps, 'onClick' | 'loading' | 'gate'> & {
  gate?: GateButtonProps['gate'];
  make: () => Promise<Download>;
  children: ReactNode;
};

/** "Export …": the server makes the file, the browser saves it. */
export function DownloadButton({ make, children, ...rest }: Props): ReactNode {
  const t = useText();
  return (
    <ActButton
      icon={<DownloadOutlined aria-hidden />}
      {...rest}
      act={async () => saveDownload(await make())}
      done={t('file.saved')}
    >
      {children}
    </ActButton>
  );
}
