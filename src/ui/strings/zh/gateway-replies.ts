import type { gatewayReplies as en } from '../en/gateway-replies.ts';
import type { SameKeys } from '../strings.ts';

/** FTP and SFTP for sites: the centre's system page, and the replies that lie beside archives. */
export const gatewayReplies: SameKeys<typeof en> = {
  'reply.received': '{name}：已于 {at:time} 收到，{size:bytes}。',
  'reply.reading': '正在读取：{files} 页中已读 {done} 页。请稍后再看。',
  'reply.good': '全部 {done} 页已读。质量良好。',
  'reply.rescan': '已读 {done} 页。其中 {count} 页无法读取或质量差。请重新扫描并以新的压缩包发送：',
  'reply.refused': '压缩包未被接收：',
  'reply.password': '压缩包在等待密码。请告知考试中心。',
  'gateway.title': '供考点使用的 FTP 和 SFTP',
  'gateway.about': '考点用自己的工具，以考点账号获取材料和密钥，发送压缩包、数据包和日志。',
  'gateway.off': '两者均已关闭：请以 --ftp-port 或 --sftp-port 启动考试中心来打开。',
  'gateway.ftp': '带 TLS 的 FTP：端口 {port}',
  'gateway.ftpPassive': '数据端口 {first}–{last}',
  'gateway.plain': '允许不加密的 FTP：密码和文件不受保护。',
  'gateway.sftp': 'SFTP：端口 {port}',
  'gateway.hostKey': '主机密钥，首次连接时核对',
};
