import type { passkeys as en } from '../en/passkeys.ts';
import type { SameKeys } from '../strings.ts';

export const passkeys: SameKeys<typeof en> = {
  'passkeys.title': '通行密钥',
  'passkeys.text':
    '用本机、手机或安全密钥中保存的通行密钥代替密码登录。使用时需验证指纹、面容或 PIN，仅在此地址有效：{host}。',
  'passkeys.name': '名称',
  'passkeys.nameHint': '便于辨认，例如“蓝色安全密钥”。',
  'passkeys.host': '适用地址',
  'passkeys.created': '添加时间',
  'passkeys.used': '最近使用',
  'passkeys.none': '尚未添加通行密钥。',
  'passkeys.add': '添加通行密钥…',
  'passkeys.addSubmit': '添加',
  'passkeys.added': '通行密钥已添加。',
  'passkeys.removeText': '“{name}”将不能再用于登录。请同时在密钥或手机上将其删除。',
  'passkeys.signIn': '使用通行密钥登录',
  'refusal.passkeys-not-here':
    '此地址不能使用通行密钥。|请在本机用 http://localhost 加端口打开控制台，或用 https 加公开域名打开。',
  'refusal.passkey-refused': '此通行密钥不能在此登录。|请重试或使用密码。它可能已被删除，或属于其他地址。',
  'refusal.passkey-not-added': '通行密钥未添加。|请重试，须在三分钟内完成。',
  'refusal.no-such-passkey': '此通行密钥已不存在。|请刷新页面。',
  'refusal.passkey-cancelled':
    '未使用通行密钥：已取消、超时，或没有适用于此地址的通行密钥。|请重试或使用密码。',
  'refusal.passkey-known': '此密钥中已有您在本控制台的通行密钥。|请换一个密钥，或先删除原有通行密钥。',
};
