import type { refusalGateway as en } from '../en/refusal-gateway.ts';
import type { SameKeys } from '../strings.ts';

export const refusalGateway: SameKeys<typeof en> = {
  'refusal.gateway-path-impossible': '此处不能使用这个名称。|请只用字母、数字、空格、点、连字符和下划线。',
  'refusal.gateway-path-outside': '该文件夹在您的文件夹之上。|请留在“/”以下。',
  'refusal.gateway-not-a-folder': '这是文件，不是文件夹。',
  'refusal.gateway-not-a-file': '这是文件夹，不是文件。|请指明其中的文件。',
  'refusal.gateway-name-not-utf8': '名称不是 UTF-8 编码。|请在程序的连接设置中启用 UTF-8。',
  'refusal.gateway-not-possible': '此处只能列出、下载和上传文件。|没有任何改动。',
  'refusal.gateway-tls-first': '此处不允许不加密登录。|请在程序的连接设置中选择“显式 TLS”。',
  'refusal.gateway-tls-for-data': '文件也必须加密传输。|请在程序中启用数据连接加密（PROT P）。',
  'refusal.gateway-passive-only': '只能使用被动模式。|请在程序中启用。',
  'refusal.gateway-no-port': '目前没有空闲的数据端口。|请一分钟后重试；如仍不行，请告知上级平台。',
  'refusal.gateway-binary-only': '只接受二进制模式的文件：文本模式会损坏文件。|请在程序中启用二进制模式。',
  'refusal.gateway-temporary-name': '不接受临时名称的文件：此处不能重命名。|请在程序中关闭临时文件名。',
  'refusal.gateway-upload-under-way': '该文件正在上传。|如果上传已中断，请等一分钟后重新上传。',
  'refusal.gateway-is-there': '已有同名文件。|请换一个名称上传。',
  'refusal.gateway-nothing-to-resume':
    '没有可从第 {start} 字节续传的该文件：此处有 {held} 字节。|请从头上传。',
  'refusal.gateway-out-of-order': '文件的数据未按顺序到达。|请在一个连接中从头上传。',
  'refusal.gateway-not-whole': '文件没有完整到达：{expected} 字节中收到 {came} 字节。|请重新上传或续传。',
  'refusal.gateway-nothing-sent': '没有收到文件内容。|请重新上传；先前的部分保留一天。',
  'refusal.gateway-nothing-open': '该文件已不再打开。|请重新开始。',
  'refusal.gateway-too-many-open': '打开的文件过多。|请关闭其中一些。',
  'refusal.gateway-disk-full': '服务器没有空间存放该文件，未保留任何内容。|请告知上级平台，稍后重新上传。',
  'refusal.gateway-disk-failed': '服务器无法写入该文件，未保留任何内容。|请告知上级平台，稍后重新上传。',
  'refusal.gateway-certificate-unusable': 'FTP 网关的证书与密钥无法使用，或不匹配。|请以 PEM 文件提供两者。',
  'refusal.gateway-host-key-damaged':
    'SFTP 网关的密钥（{path}）已损坏或不是密钥。|请从备份恢复；只有没有备份时才删除：所有程序都会对新密钥发出警告。',
};
