import { type Call, serve } from '../contenders/serve';
import { tfjs } from '../contenders/tfjs';

const obey = serve(tfjs(), (answer) => process.send?.(answer));
process.on('message', (call) => obey(call as Call));
