<?php
// Installs the WordPress in the folder that is given, with a user of each role, and prints its version and for each a
// password and one for programs as JSON.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = '127.0.0.1';

// Nobody is written to.
function wp_mail() {
	return true;
}

require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

$own = array();
foreach ( array( 'administrator', 'editor', 'author' ) as $role ) {
	$own[ $role ] = wp_generate_password( 24, false );
}
wp_install( 'A clinic', 'administrator', 'administrator@clinic.example', false, '', $own['administrator'] );
$users = array( 'administrator' => get_user_by( 'login', 'administrator' )->ID );
foreach ( array( 'editor', 'author' ) as $role ) {
	$users[ $role ] = wp_insert_user(
		array(
			'user_login' => $role,
			'user_pass'  => $own[ $role ],
			'user_email' => "$role@clinic.example",
			'role'       => $role,
		)
	);
}
$passwords = array();
foreach ( $users as $role => $id ) {
	list( $passwords[ $role ] ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'tests' ) );
}
echo json_encode( array( 'version' => $wp_version, 'passwords' => $passwords, 'own' => $own ) );
