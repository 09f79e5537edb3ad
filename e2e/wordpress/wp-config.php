<?php
// A WordPress for the tests: its database in a file, its address as it is started, and nothing asked of any other server.
define( 'DB_NAME', 'clinic' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_DIR', __DIR__ . '/../database' );
define( 'DB_FILE', 'clinic.sqlite' );
define( 'WP_HOME', getenv( 'WP_HOME' ) ?: 'http://127.0.0.1' );
define( 'WP_SITEURL', WP_HOME );
// Where WordPress gives passwords to programs without HTTPS.
define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
